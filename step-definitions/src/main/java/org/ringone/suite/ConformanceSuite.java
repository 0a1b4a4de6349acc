package org.ringone.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Makes an empty class the whole suite, against the hypervisor on the class path:
 *
 * <pre>{@code
 * @ConformanceSuite
 * class MyHypervisorTest {}
 * }</pre>
 *
 * With several hypervisors there, the system property {@code ringone.hypervisor} names the one that is meant, or the class
 * carries {@code @ConfigurationParameter(key = "cucumber.plugin", value =
 * "org.ringone.suite.run.VerdictPlugin:NAME")}.
 */
@Suite
@IncludeEngines("cucumber")
@SelectPackages("org.ringone.features")
@ConfigurationParameter(key = "cucumber.glue", value = "org.ringone.suite.steps")
@ConfigurationParameter(
        key = "cucumber.plugin",
        value = "org.ringone.suite.run.VerdictPlugin,io.qameta.allure.cucumber7jvm.AllureCucumber7Jvm")
@ConfigurationParameter(key = "cucumber.publish.quiet", value = "true")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConformanceSuite {}

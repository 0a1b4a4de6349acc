package org.ringone.reference.suite;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.ringone.suite.ConformanceSuite;

/** The whole suite against the reference as the initial domain sees it. */
@ConformanceSuite
@ConfigurationParameter(
        key = "cucumber.plugin",
        value =
                "org.ringone.suite.run.VerdictPlugin:reference-initial,io.qameta.allure.cucumber7jvm.AllureCucumber7Jvm")
class ReferenceInitialSuite {}

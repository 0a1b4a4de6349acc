/** How scenarios look in an Allure report. */
package org.ringone.suite.report;

/** How scenarios appear in an Allure report: areas as epics, features, rules as stories, each with a link to its rule. */
package org.ringone.suite.allure;

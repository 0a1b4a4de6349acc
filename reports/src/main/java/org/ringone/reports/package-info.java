/**
 * What people read: one Allure report over all results, and the page that shows the catalogue rule by rule. Works on
 * result files only and knows nothing of how they were made.
 */
package org.ringone.reports;

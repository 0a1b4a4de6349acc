/** The rules, the cases that judge them, and the check that each is judged or says why not. */
package org.ringone.suite.catalogue;

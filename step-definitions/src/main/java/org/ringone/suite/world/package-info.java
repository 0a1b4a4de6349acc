/** What the steps of one scenario share: the guest, its named pages, its last request and what came of it. */
package org.ringone.suite.world;

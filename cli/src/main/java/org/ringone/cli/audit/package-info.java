/** What a guest did, by rule and in figures, decided by observers of the reference hypervisor. */
package org.ringone.cli.audit;

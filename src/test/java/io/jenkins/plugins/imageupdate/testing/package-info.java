/**
 * Registries to test against: one in memory with faults on demand, the real CNCF distribution server, a front that authenticates as
 * gcr.io does, and a raw socket that breaks HTTP. Plain Java without Jenkins; everything listens on 127.0.0.1 only.
 */
package io.jenkins.plugins.imageupdate.testing;

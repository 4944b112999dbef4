/** What one job knows of its images, its recovery, and which builds are due. Free of Jenkins. */
package io.jenkins.plugins.imageupdate.ledger;

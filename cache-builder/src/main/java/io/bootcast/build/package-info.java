/** What runs once, before the job: now the guard of {@code mpi.jar}, later bundles. May use everything below it. */
package io.bootcast.build;

/**
 * What runs once, before the job: the guard of {@code mpi.jar}, and the commands {@code build}, {@code inspect} and {@code verify}. In: a class path, or a bundle. Out: a bundle, or what is in
 * it. May use everything below it; what it is made of is in {@code bundle} (the file), {@code archive} (class-data archives, runtimes) and {@code reach} (which classes a program reaches), which
 * know nothing of each other.
 */
package io.bootcast.build;

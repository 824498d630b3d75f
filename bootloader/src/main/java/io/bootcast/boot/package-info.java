/**
 * The first class that the JVM runs, and the composition root of {@code bootcast run}: it chooses the transport, walks the data path and becomes
 * the application. In: the wrapper's arguments. Out: the application's main method, running. May use all packages of the core.
 */
package io.bootcast.boot;

/**
 * Class-data archives and Java runtimes for bundles, made by the JDK that will run them. In: an image's directory, laid out as on a node, and how the application
 * starts. Out: archive files, the lines of {@code launch/archives}, a directory with a runtime. Uses the bootloader's checks and nothing else of cache-builder.
 */
package io.bootcast.build.archive;

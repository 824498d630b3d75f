/**
 * Step 7: the class loader that serves an application from an image. In: an image. Out: classes, resources. May use {@code fault}, {@code
 * index} and {@code store}.
 */
package io.bootcast.loader;

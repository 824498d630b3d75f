/** Measuring starts of many ranks. May use everything. */
package io.bootcast.bench;

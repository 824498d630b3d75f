/** Measuring starts of many ranks. In: jobs, their traces. Out: counts and tables. May use everything. */
package io.bootcast.bench;

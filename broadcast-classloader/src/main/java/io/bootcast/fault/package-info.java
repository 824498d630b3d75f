/**
 * What can go wrong in a way that a user meets: one exception, with a code that becomes the exit code. Every other package may use this
 * one; it uses nothing.
 */
package io.bootcast.fault;

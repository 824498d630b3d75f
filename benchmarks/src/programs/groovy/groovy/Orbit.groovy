package example

import groovy.transform.CompileStatic
import groovy.transform.Immutable
import groovy.transform.Sortable

/** Compiled before; made by transformations of its syntax tree. */
@Immutable
@Sortable(includes = 'days')
class Orbit {
    String name
    double days

    @CompileStatic
    double years() { days / 365.25d }
}

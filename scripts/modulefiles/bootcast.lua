-- Lmod module file; copy it to the site's module tree and set `home` to the installation (bin/bootcast, lib/bootcast.jar, lib/builder.jar, lib/mpi.jar).
help([[Bootcast starts Java applications on many ranks: one rank reads the class path, MPI carries it.]])
whatis("Name: bootcast")

local home = "/opt/bootcast"

prepend_path("PATH", pathJoin(home, "bin"))
setenv("BOOTCAST_HOME", home)

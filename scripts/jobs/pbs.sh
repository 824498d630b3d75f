#!/bin/bash
# PBS: 64 nodes, one rank per core; submit with qsub.
#PBS -l select=64:ncpus=32:mpiprocs=32
#PBS -l walltime=01:00:00
set -euo pipefail
cd "$PBS_O_WORKDIR"

app=${APP:-$HOME/app}

mpirun bootcast run -Xmx2g -cp "$app/lib/*" com.example.Main "$@"

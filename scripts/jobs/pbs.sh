#!/bin/bash
# PBS: 64 nodes, one rank per core; submit with qsub.
#PBS -l select=64:ncpus=32:mpiprocs=32
#PBS -l walltime=01:00:00
set -euo pipefail
cd "$PBS_O_WORKDIR"

app=${APP:-$HOME/app}
bundle=${BUNDLE:-$app/app.tar.zst} # made on a login node: bootcast build -o app.tar.zst -cp 'lib/*' com.example.Main

once_per_node=(--map-by ppr:1:node)
trap 'mpirun "${once_per_node[@]}" bootcast clean' EXIT

mpirun "${once_per_node[@]}" bootcast stage "$bundle"
mpirun bootcast java "$bundle" -Xmx2g com.example.Main "$@"

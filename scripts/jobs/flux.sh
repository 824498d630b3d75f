#!/bin/bash
# Flux: 64 nodes, one rank per core; submit with flux batch.
#flux: --nodes=64
#flux: --exclusive
#flux: --time-limit=1h
set -euo pipefail

app=${APP:-$HOME/app}
bundle=${BUNDLE:-$app/app.tar.zst} # made on a login node: bootcast build -o app.tar.zst -cp 'lib/*' com.example.Main

once_per_node=(--nodes=64 --tasks-per-node=1)
trap 'flux run "${once_per_node[@]}" bootcast clean' EXIT

flux run "${once_per_node[@]}" -o mpi=openmpi bootcast stage "$bundle"
flux run --nodes=64 --tasks-per-node=32 -o mpi=openmpi bootcast java "$bundle" -Xmx2g com.example.Main "$@"

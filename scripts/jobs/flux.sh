#!/bin/bash
# Flux: 64 nodes, one rank per core; submit with flux batch.
#flux: --nodes=64
#flux: --exclusive
#flux: --time-limit=1h
set -euo pipefail

app=${APP:-$HOME/app}

flux run --nodes=64 --tasks-per-node=32 -o mpi=openmpi bootcast run -Xmx2g -cp "$app/lib/*" com.example.Main "$@"

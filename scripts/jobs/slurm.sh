#!/bin/bash
# Slurm: 64 nodes, one rank per core; submit with sbatch.
#SBATCH --nodes=64
#SBATCH --ntasks-per-node=32
#SBATCH --time=01:00:00
set -euo pipefail

app=${APP:-$HOME/app}
bundle=${BUNDLE:-$app/app.tar.zst} # made on a login node: bootcast build -o app.tar.zst -cp 'lib/*' com.example.Main

once_per_node=(--ntasks="$SLURM_JOB_NUM_NODES" --ntasks-per-node=1)
trap 'srun "${once_per_node[@]}" bootcast clean' EXIT

# The first step reads the bundle once for the whole job; the others start from the nodes' memory.
srun --mpi=pmix "${once_per_node[@]}" bootcast stage "$bundle"
srun --mpi=pmix bootcast java "$bundle" -Xmx2g com.example.Prepare
srun --mpi=pmix bootcast java "$bundle" -Xmx2g com.example.Main "$@"

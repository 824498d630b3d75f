#!/bin/bash
# Slurm: 64 nodes, one rank per core; submit with sbatch.
#SBATCH --nodes=64
#SBATCH --ntasks-per-node=32
#SBATCH --time=01:00:00
set -euo pipefail

app=${APP:-$HOME/app}

# The first step reads the class path once for the whole job; the second finds it in the nodes' memory.
srun --mpi=pmix bootcast run --keep -Xmx2g -cp "$app/lib/*" com.example.Prepare
srun --mpi=pmix bootcast run --keep -Xmx2g -cp "$app/lib/*" com.example.Main "$@"

srun --ntasks-per-node=1 bootcast clean

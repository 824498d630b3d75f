#!/bin/bash
# LSF: 2048 ranks, 32 per node; submit with bsub < lsf.sh.
#BSUB -n 2048
#BSUB -R "span[ptile=32]"
#BSUB -W 60
set -euo pipefail

app=${APP:-$HOME/app}

mpirun bootcast run -Xmx2g -cp "$app/lib/*" com.example.Main "$@"

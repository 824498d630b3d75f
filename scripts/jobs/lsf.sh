#!/bin/bash
# LSF: 2048 ranks, 32 per node; submit with bsub < lsf.sh.
#BSUB -n 2048
#BSUB -R "span[ptile=32]"
#BSUB -W 60
set -euo pipefail

app=${APP:-$HOME/app}
bundle=${BUNDLE:-$app/app.tar.zst} # made on a login node: bootcast build -o app.tar.zst -cp 'lib/*' com.example.Main

once_per_node=(--map-by ppr:1:node)
trap 'mpirun "${once_per_node[@]}" bootcast clean' EXIT

mpirun "${once_per_node[@]}" bootcast stage "$bundle"
mpirun bootcast java "$bundle" -Xmx2g com.example.Main "$@"

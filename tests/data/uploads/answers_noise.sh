#!/bin/sh
# In the place of pli-import: the beginning of an answer, then noise.
printf "PLI1\001\377\377"
head -c 5000 /bin/sh

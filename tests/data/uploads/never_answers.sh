#!/bin/sh
# Stands in for pli-import where a test needs a child that never answers.
exec sleep 600

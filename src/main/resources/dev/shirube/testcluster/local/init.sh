#!/bin/sh
# The first process of a host. Starts the parts that requests/ asks for, each by its script in
# parts/, and writes the exit code of each that ends to exits/. Works in the host's folder.

start() {
  (
    SHIRUBE_PART=$1 sh "parts/$1" >>"logs/$1.log" 2>&1 </dev/null
    echo $? >"exits/$1"
  ) &
}

start_requested() {
  for request in requests/*; do
    [ -e "$request" ] || continue
    mv "$request" running/
    start "${request##*/}"
  done
}

until [ -e requests-end ]; do
  start_requested
  sleep 0.02
done
start_requested
wait

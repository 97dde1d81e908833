# The commands of this project. Each does its own set-up, says what it is doing and ends with one line of result.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test proof soak bundle bench locks

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup:  ## virtual environment, locked packages, system libraries: leaves .venv/bin/kiosk
	@scripts/setup

run: setup  ## open the kiosk in demo mode; without a display, play a whole visit into out/tour
	@scripts/run-demo

test: setup  ## style, types, import rule and tests (what .ci/run calls; within 10 minutes on 2 cores)
	@scripts/checks test

proof: setup  ## everything: the checks, the long tests and the bundle; before an issue is closed
	@scripts/checks proof

SECONDS ?= 7200
soak: setup  ## random kills and a bad line for SECONDS=7200, then every dossier is at the portal, once
	@scripts/soak $(SECONDS)

bundle: setup  ## a folder in dist/ that runs on a machine without Python
	@echo "make bundle: building dist/kiosk with PyInstaller"
	@.venv/bin/pyinstaller --noconfirm --clean --log-level WARN build.spec || { echo "make bundle: failed"; exit 1; }
	@echo "make bundle: ready in dist/kiosk ($$(du -sh dist/kiosk | cut -f1))"

bench: setup  ## the figures, with this machine's own beside them
	@.venv/bin/kiosk bench || { echo "make bench: failed"; exit 1; }
	@echo "make bench: done"

locks: setup  ## resolve the newest packages that pyproject.toml allows, with hashes and without any index's address
	@scripts/lock

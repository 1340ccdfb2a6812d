# Runs the whole systems: make e2e SIZE=5mb|200mb|1gb. Everything else is ./mvnw and ./verdict.
SIZE ?= 5mb
RUN ?=

ifeq ($(SIZE),5mb)
VARS := --var size=5MB
else ifeq ($(SIZE),200mb)
VARS := --var size=200MB --var bulk=200MB --var chunk=1048576
else ifeq ($(SIZE),1gb)
VARS := --var size=1GB --var bulk=1GB --var chunk=4194304
else
$(error SIZE is 5mb, 200mb or 1gb, not $(SIZE))
endif

.PHONY: e2e
e2e: ## RUN holds further options, as RUN="--environment free --seed 7"
	./verdict run systems/relay $(VARS) $(RUN)

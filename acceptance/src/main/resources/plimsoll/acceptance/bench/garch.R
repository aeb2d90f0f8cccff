# GARCH(1,1) with standard errors in fGarch: seconds of the processor for each of some fits, warm.
suppressPackageStartupMessages(library(fGarch))
r <- read.csv("@data@")$r
for (i in seq_len(@rounds@)) {
    began <- sum(proc.time()[1:2])
    for (k in 1:5) suppressWarnings(garchFit(~ garch(1, 1), data = r, trace = FALSE))
    cat(sprintf("seconds=%.9f\n", (sum(proc.time()[1:2]) - began) / 5))
}

# A generalised Pareto fit with standard errors in evd: seconds of the processor for each of some fits, warm.
suppressPackageStartupMessages(library(evd))
r <- read.csv("@data@")$r
for (i in seq_len(@rounds@)) {
    began <- sum(proc.time()[1:2])
    for (k in 1:20) suppressWarnings(fpot(r, threshold = @threshold@, model = "gpd"))
    cat(sprintf("seconds=%.9f\n", (sum(proc.time()[1:2]) - began) / 20))
}

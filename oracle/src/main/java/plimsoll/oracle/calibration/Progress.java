package plimsoll.oracle.calibration;

/** Told how far a calibration has come. */
@FunctionalInterface
public interface Progress {

    Progress NONE = (stage, done, total) -> {};

    /**
     * Tells how much of a stage is done.
     *
     * @param stage what is being done, such as {@code judge reserves}
     */
    void at(String stage, int done, int total);
}

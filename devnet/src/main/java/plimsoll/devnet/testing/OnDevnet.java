package plimsoll.devnet.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class drive {@link TestDevnet#devnet}. What the class does to it before its first test stays until its last; all
 * else is taken back after each test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestDevnet.class)
public @interface OnDevnet {

    /** Whether a test finds what the tests before it did: where something else, such as a database, knows of every block. */
    boolean remembers() default false;
}

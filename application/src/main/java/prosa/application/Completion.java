package prosa.application;

import prosa.domain.Refused;

/** What becomes of a command. One of the two is called, once, by whoever has the turn. */
interface Completion {
    /** All that it asked for is under way. */
    void done();

    /** Nothing of it is done. */
    void refuse(Refused refused);
}

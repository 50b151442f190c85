package dev.kadao.support;

/**
 * Questions that no order remembers, counted apart: nobody knows whose they were, so that they are in no share. Of this
 * process, since it was built.
 *
 * @param told facts that anybody may know answered it
 * @param noOrder no order was found
 * @param whichOrder there were several, and the asker was to say which
 * @param noProof the asker was to show that the order is his
 * @param notStored it could not be recorded just then, and was to be asked again
 */
public record UnrecordedQuestions(long told, long noOrder, long whichOrder, long noProof, long notStored) {

    public long all() {
        return told + noOrder + whichOrder + noProof + notStored;
    }
}

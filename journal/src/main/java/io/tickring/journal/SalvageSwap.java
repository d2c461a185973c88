package io.tickring.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Puts files that were written anew in the place of others, which stay under another name. The old file has its second name before
 * the new one takes its first, so that at every moment a whole file stands there.
 */
final class SalvageSwap {
    private static final String WORK = "recovering";
    private static final String DAMAGED = ".damaged";
    private static final String SNAPSHOTS = "snapshots";
    private static final String SNAPSHOT_ASIDE = ".aside";

    private final Path directory;
    private final Path folder;
    private final DamageSurvey survey;

    SalvageSwap(Path directory, DamageSurvey survey) {
        this.directory = directory;
        this.folder = JournalFiles.folder(directory);
        this.survey = survey;
    }

    /** Where files are written before they are put in their place. */
    static Path work(Path directory) {
        return JournalFiles.folder(directory).resolve(WORK);
    }

    /** The names that what does not stay as it is gets, within the data folder. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : strangers()) {
            names.add(nameOf(JournalFiles.aside(file, DAMAGED)));
        }
        for (Path file : snapshots()) {
            names.add(nameOf(JournalFiles.aside(file, SNAPSHOT_ASIDE)));
        }
        for (Path file : replaced()) {
            names.add(nameOf(JournalFiles.aside(file, DAMAGED)));
        }
        return names;
    }

    /**
     * Does it, in an order in which it may be cut short anywhere.
     *
     * @param lastSequence of the journal as it then is
     * @return as {@link #names}
     */
    List<String> swap(long lastSequence) throws IOException {
        List<String> names = names();
        Path work = work(directory);
        for (Path file : replaced()) {
            if (Files.exists(work.resolve(file.getFileName()))) {
                JournalForcer.force(work.resolve(file.getFileName()));
            }
        }
        for (Path file : snapshots()) {
            Files.move(file, JournalFiles.aside(file, SNAPSHOT_ASIDE), StandardCopyOption.ATOMIC_MOVE);
            JournalForcer.force(file.getParent());
        }
        for (Path file : strangers()) {
            Files.move(file, JournalFiles.aside(file, DAMAGED), StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path file : replaced()) {
            replace(file, work.resolve(file.getFileName()));
        }
        JournalForcer.force(folder);
        rebuildMetadata();
        if (survey.isMarkDamaged()) {
            writeMark(lastSequence);
        }
        JournalForcer.force(folder);
        JournalFiles.delete(work);
        return names;
    }

    private static void replace(Path file, Path fresh) throws IOException {
        Path name = JournalFiles.aside(file, DAMAGED);
        if (Files.exists(fresh)) {
            JournalFiles.replace(file, fresh, name);
        } else {
            Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Chronicle makes its metadata anew, or learns from the folder which files are there. */
    private void rebuildMetadata() throws IOException {
        JournalFiles files = JournalFiles.scan(folder);
        long startMs = survey.roll().startMs(files.cycles()[files.cycles().length - 1]);
        try (SingleChronicleQueue queue = ChronicleQueues.openForAppending(folder, survey.roll(), () -> startMs)) {
            queue.refreshDirectoryListing();
            queue.createAppender().close();
        }
        JournalForcer.force(folder.resolve(JournalFiles.METADATA));
    }

    private void writeMark(long lastSequence) throws IOException {
        JournalFiles files = JournalFiles.scan(folder);
        for (int cycle : files.cycles()) {
            JournalForcer.force(folder.resolve(files.roll().fileName(cycle)));
        }
        JournalForcer.force(folder);
        try (DurableMark mark = DurableMark.open(folder, survey.journalId())) {
            mark.write(lastSequence);
        }
    }

    private List<Path> replaced() {
        return survey.files().subList(survey.firstRewritten(), survey.files().size());
    }

    /** What is set aside and nothing takes its name in the same moment. */
    private List<Path> strangers() {
        List<Path> files = new ArrayList<>(survey.strangers());
        if (survey.isMetadataDamaged()) {
            files.add(folder.resolve(JournalFiles.METADATA));
        }
        if (survey.isMarkDamaged()) {
            files.add(folder.resolve(DurableMark.FILE_NAME));
        }
        files.removeIf(Files::notExists);
        return files;
    }

    /** What was taken of another journal than the one that will stand here. */
    private List<Path> snapshots() throws IOException {
        Path snapshots = directory.resolve(SNAPSHOTS);
        boolean isOther = !replaced().isEmpty() || !survey.strangers().isEmpty();
        if (!isOther || !Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(snapshots)) {
            return all.filter(file -> !file.getFileName().toString().contains(SNAPSHOT_ASIDE))
                    .sorted()
                    .toList();
        }
    }

    private String nameOf(Path file) {
        return directory.relativize(file).toString();
    }
}

package io.quarkiverse.posthog.runtime.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates and checks directories and files that no other user can change, and files that no other user can read. On
 * file systems without POSIX permissions, as on Windows, only symbolic links are checked.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final int STICKY = 01000;

    private PrivateFiles() {
    }

    /**
     * Checks a configured directory for files, and creates it if it does not exist. It can be a symbolic link.
     *
     * @throws IOException if it cannot be created, or if other users can write to it
     */
    public static void directory(Path directory) throws IOException {
        configured(directory, false);
    }

    /**
     * Checks a configured directory for private directories, and creates it if it does not exist. Unlike with {@link
     * #directory}, other users can have their own directories in it, as in {@code /tmp}.
     *
     * @throws IOException if it cannot be created, or if other users can replace its content
     */
    public static void parent(Path directory) throws IOException {
        configured(directory, true);
    }

    private static void configured(Path directory, boolean parent) throws IOException {
        if (!created(directory)) {
            checkWritable(directory, parent);
        }
    }

    /**
     * Checks or creates a directory that belongs to the extension.
     *
     * @throws IOException if it cannot be created, is a symbolic link, or if other users can write to it
     */
    public static void subdirectory(Path directory) throws IOException {
        if (!created(directory)) {
            withoutLink(directory);
            checkWritable(directory, false);
            restrict(directory, DIRECTORY);
        }
    }

    private static boolean created(Path directory) throws IOException {
        boolean absent = Files.notExists(directory, LinkOption.NOFOLLOW_LINKS);
        try {
            Files.createDirectories(directory, attributes(directory, DIRECTORY));
        } catch (FileSystemException e) {
            throw new IOException("can't create the directory " + directory + ": " + e, e);
        }
        return absent;
    }

    /**
     * Creates a file, or prepares an existing one for use.
     *
     * @throws IOException if the path is not a regular file, but for example a symbolic link
     */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            checkRegular(file);
            restrict(file, FILE);
        }
    }

    /** Opens an existing file. Does not follow symbolic links. */
    public static FileChannel open(Path file, StandardOpenOption option) throws IOException {
        // A pipe would block until its other end is opened
        checkRegular(file);
        return FileChannel.open(file, Set.<OpenOption> of(option, LinkOption.NOFOLLOW_LINKS));
    }

    /** Returns whether a file exists that is not a symbolic link, a directory or a device. */
    public static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void checkRegular(Path file) throws IOException {
        if (!withoutLink(file).isRegularFile()) {
            throw new IOException(file + " is not a regular file");
        }
    }

    private static BasicFileAttributes withoutLink(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink()) {
            throw new IOException(path + " is a symbolic link, which is not followed; remove it");
        }
        return found;
    }

    private static void checkWritable(Path directory, boolean parent) throws IOException {
        if (!hasPermissions(directory)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        boolean shared = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        if (shared && !(parent && isSticky(directory))) {
            throw new IOException("other users can write to the directory " + directory + " ("
                    + PosixFilePermissions.toString(permissions) + "); run 'chmod 700 " + directory
                    + "', or configure a new directory below it");
        }
        UserPrincipal owner = Files.getOwner(directory);
        if (!owner.getName().equals("root") && !owner.equals(user(directory))) {
            throw new IOException("the directory " + directory + " belongs to another user, " + owner.getName()
                    + ", who can write to it; use a directory of the user that runs the application, with 'chmod 700'");
        }
    }

    /** Returns whether the directory has the sticky bit, with which users can rename and delete only their own files. */
    private static boolean isSticky(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
    }

    /** Returns the owner of the files that this process creates in the directory. */
    private static UserPrincipal user(Path directory) throws IOException {
        Path probe;
        try {
            probe = Files.createTempFile(directory, "owner", ".tmp");
        } catch (FileSystemException e) {
            throw new IOException("can't write to the directory " + directory + ": " + e, e);
        }
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Removes additional permissions, which files of earlier versions or of the user can have. */
    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (hasPermissions(path)) {
            Set<PosixFilePermission> tooMany = new HashSet<>(Files.getPosixFilePermissions(path));
            if (tooMany.retainAll(permissions)) {
                Files.setPosixFilePermissions(path, tooMany);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return (hasPermissions(path) ? List.of(PosixFilePermissions.asFileAttribute(permissions))
                : List.<FileAttribute<?>> of()).toArray(FileAttribute[]::new);
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

// The files of a drop or a choice, folders walked through, each with its place in the folder.

export interface Found {
  name: string; // with the folders it lies in
  file: File;
}

export function filesOfInput(input: HTMLInputElement): Found[] {
  return [...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter(isWanted);
}

/** The entries have to be taken at once: the browser forgets a drop when its event ends. */
export function filesOfDrop(data: DataTransfer): Promise<Found[]> {
  const entries = [...data.items].map((item) => (item.kind === "file" ? (item.webkitGetAsEntry?.() ?? null) : null));
  const found: Found[] = [];
  const plain = [...data.files].map((file) => ({ name: file.name, file }));
  if (!entries.some(Boolean)) return Promise.resolve(plain.filter(isWanted));
  return Promise.all(entries.map((entry) => walk(entry, "", found))).then(() => found.filter(isWanted).sort((a, b) => (a.name < b.name ? -1 : 1)));
}

async function walk(entry: FileSystemEntry | null, above: string, found: Found[]): Promise<void> {
  if (entry?.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ name: above + entry.name, file });
  } else if (entry?.isDirectory) {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A folder is told in parts of a hundred.
      const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (part.length === 0) return;
      for (const each of part) await walk(each, `${above}${entry.name}/`, found);
    }
  }
}

/** Not what systems and Word leave beside the files: hidden files, notes of open documents. */
function isWanted({ name }: Found): boolean {
  const parts = name.split("/");
  return !parts.some((part) => part.startsWith(".") || part.startsWith("~$") || part === "__MACOSX") && !/^(thumbs\.db|desktop\.ini)$/i.test(parts.at(-1)!);
}

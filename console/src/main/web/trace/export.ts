// SPDX-License-Identifier: Apache-2.0

type Segments = ReadonlyArray<{ readonly Id?: string | undefined; readonly Document?: string | undefined }>;

/** Hands the trace to the browser's downloads, its documents as JSON and not as texts of JSON. */
export function exportTrace(id: string, segments: Segments): void {
  const documents = segments.map(({ Document }) => parsed(Document ?? ''));
  const blob = new Blob([JSON.stringify({ Id: id, Segments: documents }, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// SPDX-License-Identifier: Apache-2.0

/** Grey lines where rows will be, so that nothing jumps when they come. */
export function Skeleton({ rows = 8, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} />
      ))}
    </div>
  );
}

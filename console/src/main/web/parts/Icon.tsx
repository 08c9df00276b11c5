// SPDX-License-Identifier: Apache-2.0

/** Strokes on a grid of 24, drawn for this console. */
const PATHS = {
  map: 'M5 12h5m4-5.500l-4 4m4 7l-4-4M5 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0zm9 0a2 2 0 1 1-4 0 2 2 0 0 1 4 0zm8-7a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 14a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  traces: 'M3 5h11M6 10h9m-5 5h11m-7 5h7',
  events: 'M4 5h16v14H4zM4 7l8 6 8-6',
  functions: 'M6 4h3l8 16h3M11.500 9L6 20',
  apis: 'M4 8h14m-4-4l4 4-4 4M20 16H6m4-4l-4 4 4 4',
  queues: 'M4 6h16v12H4zM9 6v12m5-12v12',
  sampling: 'M4 5h16l-6.500 7.500V20l-3-2v-5.500z',
  search: 'M16.500 16.500L21 21M18 10.500a7.500 7.500 0 1 1-15 0 7.500 7.500 0 0 1 15 0z',
  sun: 'M12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.500 1.500m11 11L19 19M19 5l-1.500 1.500m-11 11L5 19M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  leave: 'M10 4H5v16h5m4-12l4 4-4 4m4-4H9',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  done: 'M4 12.500l5 5L20 6.500',
  link: 'M10 14l4-4m-6 1l-2 2a3.500 3.500 0 0 0 5 5l2-2m3-5l2-2a3.500 3.500 0 0 0-5-5l-2 2',
  download: 'M12 4v11m-4.500-4.500L12 15l4.500-4.500M4 20h16',
  close: 'M5 5l14 14M19 5L5 19',
  fold: 'M8 5l8 7-8 7',
  help: 'M9 9.500a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400m0 3v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  plus: 'M12 5v14M5 12h14',
  fit: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's mark: a ball of thread, its end leading out. */
export function Ball() {
  return (
    <svg className="ball" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="14" cy="14" r="10.5" />
      <path d="M4.600 10.200C9.500 6.800 17 7.500 22.600 12.400M3.700 15.500C9.500 11.500 17.500 13 22.300 19.300M6.300 21C10.300 18 14.600 19.500 17.500 23.800M21.500 21.500C23.500 25.500 26.500 28 30 28.500" />
    </svg>
  );
}

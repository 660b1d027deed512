import type { IconName } from '../shell/page-declaration.ts'

/** Strokes of 24 by 24. An icon is always beside its word, or in a button that has a name. */
const strokes: Readonly<Record<IconName | 'edit' | 'menu' | 'eye' | 'eye-off' | 'close' | 'check' | 'down', string>> = {
  today: 'M4 11.500 12 4l8 7.500V20H4z M9.500 20v-6h5v6',
  accounts: 'M3.500 9.500 12 4l8.500 5.500z M5.500 9.500V18 M10 9.500V18 M14 9.500V18 M18.500 9.500V18 M3.500 20h17',
  people:
    'M9 5a3.200 3.200 0 1 0 0 6.400A3.200 3.200 0 0 0 9 5Z M2.500 19c.6-3.400 3.200-5 6.500-5s5.900 1.600 6.500 5 M16 5.500a3 3 0 0 1 0 5.800 M18 14.500c2 .7 3.200 2.200 3.500 4.500',
  goal: 'M6 21V4 M6 4.500h11.500l-2.500 4 2.500 4H6',
  plan: 'M3 20h18 M4 16c4-1 5-9 8-9s3 5 8-2',
  portfolio: 'M11 4.500A8 8 0 1 0 19.500 13H11z M14.500 3.500V9.500H20.500A6.500 6.500 0 0 0 14.500 3.500Z',
  market: 'M7 4v4 M7 14v6 M5 8h4v6H5z M16 3v5 M16 15v5 M14 8h4v7h-4z',
  trust: 'M12 3 4.500 6v5.500c0 4.500 3 8 7.500 9.500 4.500-1.500 7.500-5 7.500-9.500V6z M9 12l2.200 2.200L15.200 10',
  operator: 'M4 6h16v5H4z M4 13h16v5H4z M7.500 8.500h.01 M7.500 15.500h.01',
  settings: 'M4 7h10 M18 7h2 M16 5v4 M4 17h4 M12 17h8 M10 15v4 M4 12h16',
  assumptions: 'M4 19V5 M4 19h16 M8 15v-4 M12 15V8 M16 15v-6',
  api: 'M8 6 3 12l5 6 M16 6l5 6-5 6',
  exchange: 'M4 8h14 M14 4l4 4-4 4 M20 16H6 M10 12l-4 4 4 4',
  receipt: 'M6 3.500v17l2-1.500 2 1.500 2-1.500 2 1.500 2-1.500 2 1.500v-17z M9 8h6 M9 12h6',
  tax: 'M6 18 18 6 M7.500 5.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z M16.500 14.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  link: 'M10 14a4 4 0 0 0 5.700 0l3.500-3.500a4 4 0 0 0-5.700-5.700L12 6.300 M14 10a4 4 0 0 0-5.700 0l-3.500 3.500a4 4 0 0 0 5.700 5.700L12 17.700',
  filter: 'M4 5h16l-6.500 7.500V19l-3 1.500v-8z',
  download: 'M12 4v11 M7.500 11 12 15.500 16.500 11 M4 20h16',
  archive: 'M4 5h16v4H4z M5.500 9v10h13V9 M10 13h4',
  edit: 'M4 20h4L19.500 8.500l-4-4L4 16z M13.500 6.500l4 4',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13Z M15.500 15.500 20 20',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z',
  'eye-off': 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z M4 20 20 4',
  close: 'M6 6l12 12 M18 6 6 18',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M4.500 20c.8-4 3.800-6 7.500-6s6.700 2 7.500 6',
  check: 'M5 12.500 10 17.500 19 7',
  alert: 'M12 4 2.500 20h19z M12 10v4.500 M12 17.500h.01',
  down: 'M6 9.500 12 15.500 18 9.500',
  plus: 'M12 5v14 M5 12h14',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17Z M12 7.500V12l3 2',
}

export type AnyIcon = keyof typeof strokes

/** A decorative icon of the size of the text. Screen readers do not read it. */
export const Icon = ({ name }: { readonly name: AnyIcon }) => (
  <svg
    width="1.25em"
    height="1.25em"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.75"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={strokes[name]} />
  </svg>
)

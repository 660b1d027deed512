import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type DateOrder, findDateOrder, momentReader } from '../../../domain/files/index.ts'

const read = (text: string, dateOrder: DateOrder = 'DMY', clock?: string): string => {
  const moment = momentReader({ dateOrder })(text, clock)
  return 'fault' in moment ? moment.fault : new Date(moment.micros / 1000).toISOString().replace('.000Z', 'Z')
}

describe('a time', () => {
  test.each([
    ['2024-01-02', '2024-01-02T00:00:00Z'],
    ['2024.05.14 09:00:00', '2024-05-14T09:00:00Z'],
    ['20240102', '2024-01-02T00:00:00Z'],
    ['20120201 000100', '2012-02-01T00:01:00Z'],
    ['20240102153000', '2024-01-02T15:30:00Z'],
    ['02.01.2024', '2024-01-02T00:00:00Z'],
    ['2.1.24', '2024-01-02T00:00:00Z'],
    ['02/01/99', '1999-01-02T00:00:00Z'],
    ['Nov 01, 2023', '2023-11-01T00:00:00Z'],
    ['1. November 2023', '2023-11-01T00:00:00Z'],
    ['01-Nov-23', '2023-11-01T00:00:00Z'],
    ['14 févr. 2024', '2024-02-14T00:00:00Z'],
    ['3 de marzo de 2024', '2024-03-03T00:00:00Z'],
    ['5. März 2024', '2024-03-05T00:00:00Z'],
    ['9 juillet 2024', '2024-07-09T00:00:00Z'],
    ['2024-Dec-31', '2024-12-31T00:00:00Z'],
    ['2024-01-08 00:00:00-05:00', '2024-01-08T05:00:00Z'],
    ['2024-01-02T09:30:00+0100', '2024-01-02T08:30:00Z'],
    ['2015-09-23T20:57:42.146', '2015-09-23T20:57:42.146Z'],
    ['2024-01-02 24:00:00', '2024-01-03T00:00:00Z'],
    ['2024-01-02 9:30 PM', '2024-01-02T21:30:00Z'],
    ['2024-01-02 12:00 am', '2024-01-02T00:00:00Z'],
    ['1704153600', '2024-01-02T00:00:00Z'],
    ['1704153600.5', '2024-01-02T00:00:00.500Z'],
    ['1704153600000', '2024-01-02T00:00:00Z'],
    ['1735689600000000', '2025-01-01T00:00:00Z'],
    ['1744792500000000000', '2025-04-16T08:35:00Z'],
  ])('%s', (text, instant) => {
    expect(read(text)).toBe(instant)
  })

  it('can be in a cell of its own', () => {
    expect(read('2006-01-02', 'YMD', '09:01:00')).toBe('2006-01-02T09:01:00Z')
    expect(read('20260429', 'YMD', '93500')).toBe('2026-04-29T09:35:00Z')
    expect(read('20260429', 'YMD', '000000')).toBe('2026-04-29T00:00:00Z')
  })

  test.each([
    '0001-01-01',
    '9999-12-31',
    '0999-12-31',
    '2023-02-29',
    '2024-13-01',
    '32.01.2024',
    '2024-01-02 25:00',
    '2024-01-02 24:00:01',
    '2024-01-02 10:60',
    '1744792500000000001',
    'Foo 01, 2023',
    'yesterday',
    '12',
  ])('%s is a fault', text => {
    expect(momentReader({ dateOrder: 'DMY' })(text)).toHaveProperty('fault')
  })

  it('may have any year if the caller allows it', () => {
    expect(momentReader({ dateOrder: 'YMD', anyYear: true })('9999-12-31')).toMatchObject({ day: 2932896 })
  })

  it('is read back in every order', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true }),
        fc.constantFrom<DateOrder>('YMD', 'DMY', 'MDY'),
        fc.constantFrom('-', '/', '.'),
        (date, order, mark) => {
          const iso = date.toISOString().slice(0, 10)
          const [year, month, day] = iso.split('-') as [string, string, string]
          const parts = { YMD: [year, month, day], DMY: [day, month, year], MDY: [month, day, year] }[order]
          expect(read(parts.join(mark), order)).toBe(`${iso}T00:00:00Z`)
        },
      ),
    )
  })
})

describe('the order of dates', () => {
  test.each([
    [['01/02/2024', '12/13/2024'], 'MDY', false],
    [['01/02/2024', '13/12/2024'], 'DMY', false],
    [['01/02/2024'], 'MDY', true],
    [['13/02/2024', '02/13/2024'], 'DMY', true],
    [['02.01.2024'], 'DMY', false],
    [['99-01-02'], 'YMD', false],
    [['2024-01-02'], 'YMD', false],
  ] as const)('%j', (texts, dateOrder, isAmbiguous) => {
    expect(findDateOrder(texts)).toMatchObject({ dateOrder, isAmbiguous })
  })
})

describe('a local time', () => {
  const instants = (texts: readonly string[], timezone = 'America/New_York') => {
    const reader = momentReader({ dateOrder: 'YMD', timezone })
    return texts.map(text => {
      const moment = reader(text)
      return 'fault' in moment ? moment.fault : new Date(moment.micros / 1000).toISOString().slice(0, 16)
    })
  }
  const repeated = ['2024-11-03 00:30', '2024-11-03 01:30', '2024-11-03 01:30', '2024-11-03 02:30']
  const utc = ['2024-11-03T04:30', '2024-11-03T05:30', '2024-11-03T06:30', '2024-11-03T07:30']

  it('that comes twice is an hour later the second time, in either order of the file', () => {
    expect(instants(repeated)).toEqual(utc)
    expect(instants(repeated.toReversed())).toEqual(utc.toReversed())
  })

  it('that the clocks skip is a fault', () => {
    expect(instants(['2024-03-10 01:59', '2024-03-10 02:30', '2024-03-10 03:00'])).toEqual([
      '2024-03-10T06:59',
      '"2024-03-10 02:30" does not exist in America/New_York: the clocks skip it',
      '2024-03-10T07:00',
    ])
  })
})

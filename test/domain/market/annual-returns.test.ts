import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashAnnualReturns, parseAnnualReturns } from '../../../domain/market/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'

const faultsOf = (text: string) => {
  try {
    parseAnnualReturns(text)
  } catch (error) {
    if (error instanceof DomainError) return error.issues
    throw error
  }
  return []
}

describe('a valid file', () => {
  const expected = {
    years: [1928, 1929],
    series: [
      { name: 'stocks', values: [0.4381115515, -0.0829794661] },
      { name: 'gold', values: [0.001, -0.0014520813] },
    ],
  }

  it.each([
    ['plain', 'year,stocks,gold\n1928,0.4381115515,0.001\n1929,-0.0829794661,-0.0014520813\n'],
    ['without an end to its last line', 'year,stocks,gold\n1928,0.4381115515,0.001\n1929,-0.0829794661,-0.0014520813'],
    ['with a byte order mark and CRLF', '\uFEFFyear,stocks,gold\r\n1928,0.4381115515,0.001\r\n1929,-0.0829794661,-0.0014520813\r\n'],
    ['with blank lines', 'year,stocks,gold\n\n1928,0.4381115515,0.001\n1929,-0.0829794661,-0.0014520813\n\n  \n\n'],
    ['quoted, with spaces', '"Year", stocks ,"gold"\n"1928", 0.4381115515 ,+.1e-2\n1929,"-0.0829794661",-14.520813E-4\n'],
    ['newest year first', 'year,stocks,gold\n1929,-0.0829794661,-0.0014520813\n1928,0.4381115515,0.001\n'],
  ])('is read when %s', (_, text) => expect(parseAnnualReturns(text)).toEqual(expected))

  it('keeps fourteen decimals, and no negative zero', () => {
    const { series } = parseAnnualReturns('year,a\n2000,0.123456789012345678\n2001,-0.000000000000001\n')
    expect(series[0]?.values).toEqual([0.12345678901235, 0])
  })
})

describe('a file is rejected that', () => {
  it.each([
    ['no content', '', [{ path: 'line 1', message: 'the file is empty' }]],
    ['only a header', 'year,a\n', [{ path: 'line 1', message: 'there are no years below the header' }]],
    ['only years', 'year\n2000\n', [{ path: 'line 1', message: 'there must be at least one series after the years' }]],
    ['another first column', 'date,a\n2000,0\n', [{ path: 'line 1', message: 'the first column must be "year", not "date"' }]],
    [
      'semicolons',
      'year;a\n2000;0\n',
      [
        { path: 'line 1', message: 'the first column must be "year", not "year;a"' },
        { path: 'line 1', message: 'there must be at least one series after the years' },
        { path: 'line 2, year', message: '"2000;0" is not a year' },
      ],
    ],
    [
      'a header of another form',
      'year,S&P 500\n2000,0\n',
      [{ path: 'line 1', message: '"S&P 500" is not a valid series name: use lower case letters, digits and underscores' }],
    ],
    ['a series twice', 'year,a,a\n2000,0,0\n', [{ path: 'line 1', message: 'the series "a" is given twice' }]],
    [
      'a series without a name',
      'year,a,\n2000,0,0\n',
      [{ path: 'line 1', message: '"" is not a valid series name: use lower case letters, digits and underscores' }],
    ],
    ['a truncated row', 'year,a,b\n2000,0,0\n2001,0\n', [{ path: 'line 3', message: 'has 2 values where the header has 3 columns' }]],
    ['a row too long', 'year,a\n2000,0,0\n', [{ path: 'line 2', message: 'has 3 values where the header has 2 columns' }]],
    ['a year twice', 'year,a\n2000,0\n2001,0\n2000,0.1\n', [{ path: 'line 4, year', message: '2000 is already on line 2' }]],
    ['a year missing', 'year,a\n2000,0\n2002,0\n', [{ path: 'line 3, year', message: '2001 is missing' }]],
    ['years missing', 'year,a\n2000,0\n2010,0\n', [{ path: 'line 3, year', message: '2001 to 2009 are missing' }]],
    ['an invalid year', 'year,a\n20000,0\n', [{ path: 'line 2, year', message: '"20000" is not a year' }]],
    ['a year long ago', 'year,a\n1066,0\n', [{ path: 'line 2, year', message: '1066 is not between 1600 and 2200' }]],
    ['an empty value', 'year,a\n2000,\n', [{ path: 'line 2, a', message: 'is empty' }]],
    ['a word', 'year,a\n2000,n/a\n', [{ path: 'line 2, a', message: '"n/a" is not a number' }]],
    ['NaN', 'year,a\n2000,NaN\n', [{ path: 'line 2, a', message: '"NaN" is not a number' }]],
    ['an infinity', 'year,a\n2000,Infinity\n', [{ path: 'line 2, a', message: '"Infinity" is not a number' }]],
    ['a hexadecimal number', 'year,a\n2000,0x10\n', [{ path: 'line 2, a', message: '"0x10" is not a number' }]],
    ['a decimal comma', 'year,a\n2000,"0,05"\n', [{ path: 'line 2, a', message: '"0,05" is not a number' }]],
    ['percent', 'year,a\n2000,43.81\n', [{ path: 'line 2, a', message: '43.81 looks like percent; write a fraction: 5 % is 0.05' }]],
    ['a percent sign', 'year,a\n2000,4.3%\n', [{ path: 'line 2, a', message: '"4.3%" is percent; write a fraction: 5 % is 0.05' }]],
    ['a total loss', 'year,a\n2000,-1\n', [{ path: 'line 2, a', message: '-1 is a total loss or more: a return must be above -1' }]],
    [
      'a loss that rounds to all',
      'year,a\n2000,-0.9999999999999999\n',
      [{ path: 'line 2, a', message: '-0.9999999999999999 is a total loss or more: a return must be above -1' }],
    ],
    [
      'a quote left open',
      'year,a\n2000,"0\n',
      [{ path: 'line 2', message: 'Quote Not Closed: the parsing is finished with an opening quote at line 2' }],
    ],
  ])('has %s', (_, text, faults) => expect(faultsOf(text)).toEqual(faults))

  it('has several faults, and all are reported at once, by line', () => {
    expect(() => parseAnnualReturns('year,a,B\n2000,x,0\n2001,0\n2003,-2,9\n')).toThrow(
      [
        'line 1: "B" is not a valid series name: use lower case letters, digits and underscores',
        'line 2, a: "x" is not a number',
        'line 3: has 2 values where the header has 3 columns',
        'line 4, a: -2 is a total loss or more: a return must be above -1',
        'line 4, B: 9 looks like percent; write a fraction: 5 % is 0.05',
        'line 4, year: 2002 is missing',
      ].join('\n'),
    )
  })

  it('has any other content, always with a list of faults', () => {
    const cell = fc.oneof(fc.constantFrom('year', 'a', '2000', '2001', '0.1', '"', ',', '\n', '\r\n', '\uFEFF'), fc.string())
    fc.assert(
      fc.property(
        fc.array(cell).map(cells => cells.join('')),
        text => {
          expect(faultsOf(text)).toBeInstanceOf(Array)
        },
      ),
    )
  })
})

describe('the hash', () => {
  const hash = (text: string) => hashAnnualReturns(parseAnnualReturns(text))

  it('depends on the figures, not on their format', () => {
    expect(hash('year,a,b\n2000,0.10,1\n2001,0,-0')).toBe(hash('\uFEFFyear,b,a\r\n2001,0,0\r\n2000,1.0,1e-1\r\n'))
  })

  it.each(['year,a\n2000,0.2', 'year,b\n2000,0.1', 'year,a\n2001,0.1', 'year,a,b\n2000,0.1,0'])('is different for %j', text => {
    expect(hash(text)).not.toBe(hash('year,a\n2000,0.1'))
  })
})

it('reads written returns as the same values, to fourteen decimals', () => {
  const value = fc.double({ min: -0.99, max: 5, noNaN: true }).map(number => Number(number.toFixed(14)) + 0)
  fc.assert(
    fc.property(fc.integer({ min: 1600, max: 2100 }), fc.array(value, { minLength: 1, maxLength: 100 }), (first, values) => {
      const text = ['year,a', ...values.map((number, index) => `${first + index},${number}`)].join('\n')
      expect(parseAnnualReturns(text)).toEqual({ years: values.map((_, index) => first + index), series: [{ name: 'a', values }] })
    }),
  )
})

#!/bin/sh
# Stores daily bars of an instrument, and reads them back by day and by week. Needs an administrator.
. "$(dirname "$0")/client.sh"
sign_in

request PUT /v1/market/exchanges/XEXA \
  '{"name":"Example Exchange","timezone":"America/New_York","opensAt":"09:30","closesAt":"16:00"}'
request PUT /v1/market/instruments/EXMPL '{"name":"Example Company","type":"stock","exchangeCode":"XEXA","currency":"USD"}'

request POST '/v1/market/bars?symbol=EXMPL&timeframe=1d' 'time,open,high,low,close,volume
2026-01-05,100.00,101.50,99.20,101.00,120000
2026-01-06,101.00,102.25,100.75,102.00,98000
2026-01-07,102.00,102.10,100.10,100.50,143000
2026-01-08,100.50,101.00,99.90,100.90,87000
2026-01-09,100.90,103.40,100.80,103.25,156000
2026-01-12,103.25,104.00,102.60,103.80,101000
2026-01-13,103.80,105.15,103.70,105.00,134000
' text/csv
echo "Stored $(field stored) of $(field received) bars."

request GET '/v1/market/bars.csv?symbols=EXMPL&timeframe=1d&from=2026-01-01'
echo "$answer"
request GET '/v1/market/bars.csv?symbols=EXMPL&timeframe=1d&from=2026-01-01&resample=1w'
echo "$answer"

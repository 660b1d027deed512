drop table market.price_profiles;

-- Filled by its part.
select 1;

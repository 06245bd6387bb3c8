-- Puts events of one process on the outbox, each batch once, however often it is sent.
-- KEYS  1 outbox  2 number of the last batch of this process
-- ARGV  1 number of this batch  2 how long that is remembered, ms  3 how many events may wait there  then the events
-- Returns 1; 0 when there are as many: the batch has to wait
if tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[1]) then return 1 end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
for i = 4, #ARGV do redis.call('XADD', KEYS[1], '*', 'e', ARGV[i]) end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1

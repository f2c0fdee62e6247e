package dev.nodoubt.demo.lane;

/**
 * What is reported of a lane.
 *
 * @param lane its name
 * @param count what became of its transfers
 * @param run how fast it was
 */
public record LaneResult(String lane, Count count, LaneRun run) {}

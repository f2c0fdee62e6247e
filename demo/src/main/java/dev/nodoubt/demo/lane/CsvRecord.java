package dev.nodoubt.demo.lane;

import java.util.List;

/**
 * The fields of one CSV record.
 *
 * @param line on which it begins, counted from 1
 */
record CsvRecord(int line, List<String> fields) {}

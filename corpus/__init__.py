"""Read conservation texts: readers for each format, the splitter and the sources."""

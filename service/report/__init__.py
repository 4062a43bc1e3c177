"""What scored calls tell a head of sales: read once, counted, written as a page or a workbook."""

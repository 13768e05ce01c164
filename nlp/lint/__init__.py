"""The check of a draft's layout and wording (kiểm tra thể thức văn bản) after Nghị định 30/2020/NĐ-CP."""
